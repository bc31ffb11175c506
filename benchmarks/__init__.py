"""What `make bench` measures: ratios from one run, never a bare time, since machines differ and ratios hardly do."""
