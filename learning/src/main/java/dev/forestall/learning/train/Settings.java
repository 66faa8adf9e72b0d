package dev.forestall.learning.train;

/**
 * How trees are grown.
 *
 * @param depth of a tree at most; 0 for no limit but the leaves
 * @param leaves of a tree at most, the best first; 0 for no limit but the depth
 * @param rate at which trees learn
 * @param minWeight how much a leaf must weigh, in the sum of p (1 - p)
 * @param lambda by how much leaves are drawn to 0
 * @param rowShare of the rows that each tree sees
 * @param columnShare of the columns that each tree sees
 */
public record Settings(
        int depth, int leaves, double rate, double minWeight, double lambda, double rowShare, double columnShare) {

    @Override
    public String toString() {
        String shape = leaves > 0 ? leaves + " leaves" : "depth " + depth;
        return shape + ", rate " + rate + ", min weight " + minWeight + ", lambda " + lambda + ", rows " + rowShare
                + ", columns " + columnShare;
    }
}
