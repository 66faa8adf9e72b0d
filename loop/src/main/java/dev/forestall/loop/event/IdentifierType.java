package dev.forestall.loop.event;

/**
 * A way in which events name a subject, such as {@code userId} or {@code branchId}.
 *
 * @param name as the pack writes it
 * @param subjectKind the kind of subject it names
 * @param rank how strongly it identifies, 0 the strongest; a customer bears the value of its strongest identifier
 * @param limit with how many identifiers of any one stronger rank a value may be joined before it counts as shared (one
 *     tablet for all visitors, one address for a family) and joins nobody any more; at least 1
 */
public record IdentifierType(String name, String subjectKind, int rank, int limit) {

    public IdentifierType {
        if (name.isEmpty() || rank < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "identifier '" + name + "', rank " + rank + ", limit " + limit + " is impossible");
        }
    }
}
