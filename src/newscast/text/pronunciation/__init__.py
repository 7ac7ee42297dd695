"""Words -> IPA."""
