"""Proofs on the pages: from a commitment's history, for everybody, of what everybody may see."""

import json
import re

from duban.ledger.witnessed import check_proof, read_proof, read_roots
from tests.web.people import Session


def test_the_history_leads_to_proofs_that_hold(year_site):
    public, office = Session(year_site), Session(year_site, "clerk")
    page = public.get("/c/" + public.json("/table.json")["commitments"][0]["id"])[1]
    links = re.findall(r'href="(/proofs/\d+\.json)"', page)
    assert links
    roots = read_roots(public.get("/proofs/roots.json")[1].encode(), "roots.json")
    assert roots.roots[-1].day < "2024-10-20"
    for link in links[:5]:
        answers = {reader.get(link) for reader in (public, office)}
        assert len(answers) == 1
        proof = read_proof(answers.pop()[1].encode(), link)
        check_proof(proof, link, roots)
        assert proof.shown["seq"][1] == int(re.search(r"\d+", link)[0])


def test_of_a_working_paper_only_its_hash_goes_out_and_no_entry_is_no_page(year_site):
    public = Session(year_site)
    filed = [json.loads(public.get(f"/proofs/{seq}.json")[1]) for seq in (904, 5000)]
    assert any("leaf" in one for one in filed)
    assert public.get("/proofs/99999999.json")[0] == 404
