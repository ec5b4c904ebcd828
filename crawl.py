import sys,json,time,re
import urllib.parse as u
from types import SimpleNamespace
from tests.web.people import Session
from duban.packs import installed
import duban.simulate.cast as c
pw=sys.argv[1]
site=SimpleNamespace(url="http://127.0.0.1:8977",cast=pw)
office=Session(site,"clerk"); public=Session(site); auditor=Session(site,"auditor")
regs=[(p,r) for p in installed().values() for r in p.registers]
bad=[]
def get(s,path):
    t=time.time(); st,txt=s.get(u.quote(path,safe="/?=&%+.:-~")); dt=time.time()-t
    if st>=500 or dt>3: bad.append((path,st,round(dt,1))); print("!!",path,st,round(dt,1))
    return st,txt
import urllib.parse as u
odd=["page=99999999999","page=-1","page=%D9%A3","sort=-what","x=1","sort=zzz","q="+u.quote("'\"<script>"),"q=%00","stage=zzz","view=map","view=board","view=chart","late=1","as_of=1900-01-01","as_of=9999-12-31","as_of=2024-02-30","as_of=2023-12-31","behind=x.y","period=2024-M13","behind=hotline.total&period=2024","behind=hotline.total&period=2024&by=what&of=None","received_on.from=0001-01-01","redone.from=1e999999999","redone.from=NaN","redone.from=1E%2B99999&redone.to=sNaN"]
secrets={}
for p,r in regs:
    st,txt=get(office,f"/r/{r.name}.json")
    print(r.name,st,(json.loads(txt).get("total") if st==200 else txt[:80]))
    st,txt=office.get(f"/api/registers/{r.name}/records?limit=500")
    items=json.loads(txt)["items"] if st==200 else []
    closed=[f.name for f in r.fields if f.seen!="open" or r.seen!="open"]
    for i in items:
        for n in closed:
            v=i["values"].get(n)
            if v and r.named[n].type in("text",) and len(v)>4: secrets[v]=(r.name,n)
    for o in odd:
        get(public,f"/r/{r.name}?{o}"); get(office,f"/r/{r.name}?{o}")
    for i in items[:2]:
        for s in (public,office):
            get(s,f"/r/{r.name}/{u.quote(i['id'],safe='')}"); get(s,f"/r/{r.name}/{u.quote(i['id'],safe='')}.json")
            get(s,f"/r/{r.name}/{u.quote(i['id'],safe='')}?as_of=2024-01-05")
for p in installed().values():
    for o in ("","?as_of=1900-01-01","?as_of=2023-06-01","?as_of=9999-12-31"):
        get(public,f"/x/{p.name}{o}"); get(office,f"/x/{p.name}{o}"); get(office,f"/x/{p.name}.json{o}")
    for i in p.indicators:
        r=p.registered[i.register]
        for o in ("","?period=2023","?period=9999","?period=0001-M01","?period=1900","?period=2024-C02","?by=what","?by=id","?by="+(r.groups[0] if r.groups else "x"),"?as_of=2023-05-05"):
            get(public,f"/n/{p.name}.{i.name}{o}"); get(office,f"/api/indicators/{p.name}.{i.name}{o}")
print(len(secrets),"secrets", bad)
# leaks for the public
vals=sorted(secrets,key=len,reverse=True)
def leaks(s,path):
    st,txt=s.get(u.quote(path,safe="/?=&%+.:-~"))
    hit=[(v,secrets[v]) for v in vals if v in txt]
    if hit: print("LEAK",path,hit[:3])
for p,r in regs:
    for path in (f"/r/{r.name}",f"/r/{r.name}.json",f"/r/{r.name}.csv",f"/r/{r.name}?view=board",f"/r/{r.name}?view=chart",f"/api/registers/{r.name}/records?limit=500"): leaks(public,path)
    st,txt=public.get(f"/api/registers/{r.name}/records?limit=500")
    for i in (json.loads(txt)["items"] if st==200 else [])[:6]:
        q=u.quote(i["id"],safe=""); leaks(public,f"/r/{r.name}/{q}"); leaks(public,f"/r/{r.name}/{q}.json")
for p in installed().values():
    leaks(public,f"/x/{p.name}")
    for i in p.indicators: leaks(public,f"/n/{p.name}.{i.name}")
    for e in p.exports: leaks(public,f"/x/{p.name}/files/{e.name}.json")
v=[x for x in vals if secrets[x][0]=="cases"][:3]
for x in v:
    st,txt=public.get(f"/r/cases.json?q={u.quote(x[:20])}"); print("search",json.loads(txt)["count"])
    st,txt=public.get(f"/r/cases.json?what={u.quote(x)}"); print("filter",json.loads(txt)["count"])
