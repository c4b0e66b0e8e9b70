"""One file for each kind of export; found by walking this folder."""
