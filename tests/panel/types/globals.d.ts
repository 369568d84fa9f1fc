/** What ComfyUI puts on the page, as far as the panel uses it; the published types do not say. */
declare var LiteGraph: {
  registered_node_types: Record<string, unknown>;
  createNode(type: string): any;
};
