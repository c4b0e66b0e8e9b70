"""What stands between a browser and Streamlit: headers, the gate, the filter of messages, our own routes."""
