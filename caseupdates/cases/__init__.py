"""Cases: what is investigated, for whom, by whom, and which roles may see which updates."""
