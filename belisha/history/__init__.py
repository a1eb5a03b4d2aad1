"""History: thousands of reports as one series for every measure."""
