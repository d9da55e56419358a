"""Replicas of news sites, one a CMS family, served over real HTTP on 127.0.0.1; every text is written here."""
