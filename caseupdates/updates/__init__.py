"""Updates: written, revised, validated; a validated revision can be sent."""
