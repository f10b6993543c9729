"""Parts that know nothing of a registry: a coloured UID, a list of problems, a row of lights."""
