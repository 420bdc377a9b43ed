"""The firm's logo: kept in the store, shown to everybody."""
