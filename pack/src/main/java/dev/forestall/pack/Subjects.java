package dev.forestall.pack;

import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads who and what keeps a state, and how events name them. */
final class Subjects {

    /** Kinds that the loop makes itself: an entity of such a kind would be taken for one of them. */
    private static final Map<String, String> TAKEN = Map.of(
            SubjectId.COHORT, "groups that cohort signals form",
            SubjectId.WORKLOAD, "workloads, see 'features: workload'",
            SubjectId.MEMBERS, "parts of entities on which very many customers depend",
            SubjectId.RESOURCE, "what there is only so much of, see 'resources'",
            SubjectId.MODEL, "external models");

    /**
     * One change of account or address is ordinary, so 1 would tear apart many who are one person. A third one behind the same address
     * or device is most often somebody else, and to take two people for one does more harm than to take one for two.
     */
    private static final int STANDARD_LIMIT = 1;

    private final Problems problems;
    private final List<IdentifierType> identifiers = new ArrayList<>();
    private final SortedSet<String> kinds = new TreeSet<>();

    private Subjects(Problems problems) {
        this.problems = problems;
    }

    static Subjects read(Section pack, Problems problems) {
        Subjects subjects = new Subjects(problems);
        List<Member> members = pack.members("subjects");
        members.forEach(subjects::read);
        if (pack.has("subjects") && !subjects.kinds.contains(SubjectId.CUSTOMER)) {
            problems.error(
                    PackError.MISSING_KEY,
                    pack.placeOf("subjects"),
                    "subjects",
                    "the kind 'customer' is missing",
                    "Say how events name a customer: customer: { identifiers: [userId] }");
        }
        return subjects;
    }

    private void read(Member member) {
        String kind = member.name();
        String taken = TAKEN.get(kind);
        if (taken != null) {
            problems.error(
                    PackError.NAME_TAKEN,
                    member.key().place(),
                    member.path(),
                    "'" + kind + "' is the kind of " + taken,
                    "Choose another name");
            return;
        }
        kinds.add(kind);
        Section section = member.section(Grammar.SUBJECT).orElse(null);
        if (section == null) {
            return;
        }
        boolean isCustomer = kind.equals(SubjectId.CUSTOMER);
        String wrong = isCustomer ? "identifier" : "identifiers";
        if (section.has(wrong)) {
            problems.error(
                    PackError.UNKNOWN_KEY,
                    section.placeOf(wrong),
                    section.pathOf(wrong),
                    isCustomer ? "a customer has a list of identifiers" : "an entity has one identifier",
                    isCustomer ? "Write identifiers: [userId, email]" : "Write identifier: branchId");
            return;
        }
        int rank = 0;
        for (Node node : section.nodes(isCustomer ? "identifiers" : "identifier")) {
            add(section, node, kind, rank++);
        }
    }

    private void add(Section section, Node node, String kind, int rank) {
        int limit = STANDARD_LIMIT;
        Node name = node;
        if (node instanceof Entries entries) {
            Section identifier = new Section(section.pathOf("identifiers"), entries, Grammar.CUSTOMER_IDENTIFIER);
            limit = identifier.whole("limit", STANDARD_LIMIT);
            name = entries.get("name");
        }
        if (!(name instanceof Scalar scalar) || scalar.text().isEmpty()) {
            return;
        }
        Declared.checkName(scalar, section.path(), "an identifier", problems);
        if (identifiers.stream().anyMatch(each -> each.name().equals(scalar.text()))) {
            problems.error(
                    PackError.DUPLICATE,
                    scalar.place(),
                    section.path(),
                    "the identifier '" + scalar.text() + "' is declared twice",
                    "An identifier names subjects of one kind");
            return;
        }
        identifiers.add(new IdentifierType(scalar.text(), kind, rank, limit));
    }

    List<IdentifierType> identifiers() {
        return identifiers;
    }

    /** All kinds, {@code customer} among them. */
    SortedSet<String> kinds() {
        return kinds;
    }
}
