"""Tables and lists of logins as platforms send them to an authority: columns are known by what stands in them."""
