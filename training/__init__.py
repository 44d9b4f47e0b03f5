"""Training of the models that sayso ships; needs the extra `sayso[training]`."""
