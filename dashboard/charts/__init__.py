"""From a result to a Plotly figure; pure."""
