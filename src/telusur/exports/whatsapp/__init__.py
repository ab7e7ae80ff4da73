"""WhatsApp chats as their users export them: one person's messages are kept, everybody else's are only counted."""
