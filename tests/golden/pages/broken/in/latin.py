# -*- coding: latin-1 -*-
"""Café."""
NAME = "é"
