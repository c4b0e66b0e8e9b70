"""Coding: versions of the frame and what became of earlier codes, agreement of coders, suggested codes. Pure."""
