"""Tests of crawler/discovery; pages are written here in the shape of each family."""
