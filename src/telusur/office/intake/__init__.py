"""How a case comes in: by an officer, with what is to be preserved first."""
