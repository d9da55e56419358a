"""Tests of the site profiles."""
