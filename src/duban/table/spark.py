"""A connection to Spark, on this machine or on a cluster by its address."""

from typing import Any

import ibis

SETTINGS = {
    "spark.sql.shuffle.partitions": "8",  # figures have few groups: hundreds of tasks would only wait
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def spark(address: str = "local[*]", **settings: str) -> Any:
    """Connects to `address` ("spark://host:7077", "yarn", "local-cluster[2,1,1024]"); needs the extra `spark`."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(address).appName("duban")
    for name, value in {**SETTINGS, **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)
