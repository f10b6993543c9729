"""The installation check: numbered checks that are run on this computer, with this build, in a scratch folder."""
