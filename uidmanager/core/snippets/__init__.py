"""The lines that hand a UID on to a toolkit or a build: templates, what is put into them, how a language takes it."""
