package dev.forestall.loop.identity;

import static dev.forestall.loop.identity.Visits.device;
import static dev.forestall.loop.identity.Visits.email;
import static dev.forestall.loop.identity.Visits.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/forestall/loop/identity/identity-node-v1.bin");

    /** Every kind of mark, neighbours of several kinds, a head that is another one. */
    private static Node wellKnown() {
        Node node = new Node(device("a"));
        node.see(user("9"), 3);
        node.see(user("10"), 200);
        node.unmerge(user("9"), 300, false);
        node.see(user("9"), 1_000_000);
        node.unmerge(email("zoë@example.org"), 1_000_001, true);
        node.head(user("10"));
        return node;
    }

    @Test
    void nodes_of_the_first_format_are_still_read() throws IOException {
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.write(GOLDEN, bytes(wellKnown()));
        }
        byte[] golden = Files.readAllBytes(GOLDEN);
        assertThat(bytes(wellKnown())).as("what is written now").isEqualTo(golden);

        Node read = Node.read(device("a"), golden);
        assertThat(read.head()).isEqualTo(user("10"));
        assertThat(read.isClosed(Long.MAX_VALUE)).isFalse();
        assertThat(read.neighbours())
                .extracting(Node.Neighbour::identifier)
                .containsExactly(email("zoë@example.org"), user("10"), user("9"));
        assertThat(read.history(user("10")).evidence(Long.MAX_VALUE)).isEqualTo(200);
        History nine = read.history(user("9"));
        assertThat(nine.evidence(2)).isEqualTo(Edge.NO_EVIDENCE);
        assertThat(nine.evidence(299)).isEqualTo(3);
        assertThat(nine.evidence(300)).isEqualTo(Edge.NO_EVIDENCE);
        assertThat(nine.evidence(Long.MAX_VALUE)).isEqualTo(1_000_000);
        assertThat(read.history(email("zoë@example.org")).isKeptApart(Long.MAX_VALUE))
                .isTrue();
        assertThat(read.history(email("zoë@example.org")).isKeptApart(1_000_000))
                .isFalse();
    }

    @Test
    void a_node_that_was_closed_stays_closed() {
        Node node = new Node(user("unknown"));
        for (int i = 0; i <= IdentityGraph.MAX_NEIGHBOURS; i++) {
            node.see(device("d" + i), 10 + i);
        }
        Node read = Node.read(user("unknown"), bytes(node));

        long closing = 10 + IdentityGraph.MAX_NEIGHBOURS;
        assertThat(read.isClosed(closing)).isTrue();
        assertThat(read.isClosed(closing - 1)).isFalse();
        assertThat(read.head()).isEqualTo(user("unknown"));
        assertThat(read.neighbours()).hasSize(IdentityGraph.MAX_NEIGHBOURS);
        assertThat(read.see(device("one more"), closing + 1)).isFalse();
        assertThat(read.isChanged()).isFalse();
    }

    @Test
    void what_is_read_is_written_again_byte_for_byte() {
        byte[] once = bytes(wellKnown());
        assertThat(bytes(Node.read(device("a"), once))).isEqualTo(once);
        assertThat(once.length).as("bytes for three neighbours").isLessThan(80);
    }

    @Test
    void damaged_bytes_and_later_formats_are_refused() {
        byte[] bytes = bytes(wellKnown());
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> Node.read(device("a"), cut).neighbours())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged");
        bytes[0] = 2;
        assertThatThrownBy(() -> Node.read(device("a"), bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schema 2");
    }

    @Test
    void an_unmerge_is_read_as_it_was_written() {
        Unmerge unmerge = new Unmerge(user("9"), device("a"), true);
        Writer writer = new Writer();
        unmerge.write(writer);

        assertThat(Unmerge.read(new Reader(writer.toBytes()))).isEqualTo(unmerge);
        assertThatThrownBy(() -> new Unmerge(user("9"), user("9"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("userId");
    }

    private static byte[] bytes(Node node) {
        Writer writer = new Writer();
        node.write(writer);
        return writer.toBytes();
    }
}
