"""That nobody changed a filing afterwards: what is covered, the daily root, the check here and anywhere else."""
