package dev.forestall.learning.train;

/** Is told how far training has come. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (what, share) -> {};

    /** @param share of all work that is done, 0 to 1 */
    void at(String what, double share);
}
