"""What programs call: the endpoints of Gradio and MCP, and plain JSON routes."""
