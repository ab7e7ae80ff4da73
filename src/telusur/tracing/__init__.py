"""Who acted: items of evidence, each weighed for stated propositions."""
