"""Links: how files reach a recipient, the gate with its codes, visits of an open window, and what was done with them."""
