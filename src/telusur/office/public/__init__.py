"""Pages for everybody: no login, nothing stored but a report that somebody sends."""
