"""What the gazetteer is compiled from; see `training.build_gazetteer`."""
