package dev.forestall.loop.identity;

import dev.forestall.loop.state.Writer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The nodes that one operation looks at. Each is read once, and written once at the end if it has changed. */
final class Nodes {

    private final IdentityStore store;
    private final SequencedMap<Identifier, Node> open = new LinkedHashMap<>();

    Nodes(IdentityStore store) {
        this.store = store;
    }

    /** The node of an identifier; a new one when it never came together with another. */
    Node at(Identifier identifier) {
        Node known = open.get(identifier);
        if (known != null) {
            return known;
        }
        byte[] bytes = store.get(identifier);
        Node node = bytes == null ? new Node(identifier) : Node.read(identifier, bytes);
        open.put(identifier, node);
        return node;
    }

    void save() {
        Writer writer = new Writer();
        open.forEach((identifier, node) -> {
            if (node.isChanged()) {
                writer.clear();
                node.write(writer);
                store.put(identifier, writer.toBytes());
            }
        });
    }
}
