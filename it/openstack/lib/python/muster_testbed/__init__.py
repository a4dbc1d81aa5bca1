"""The Python parts of the test bed: stand-ins that the services load, and what registers and fills the cloud."""
