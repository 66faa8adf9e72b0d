package dev.forestall.loop.reason;

/**
 * Gauss-Legendre quadrature on 0 to 1: the points and weights by which the mean of a polynomial is a weighted sum of its values, exact up
 * to degree {@code 2 * points - 1}.
 */
record Quadrature(double[] points, double[] weights) {

    static Quadrature of(int size) {
        double[] points = new double[size];
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            double x = StrictMath.cos(StrictMath.PI * (i + 0.75) / (size + 0.5));
            double slope = 0;
            // Newton's steps double the right digits: from Tricomi's first guess five reach the last one.
            for (int step = 0; step < 8; step++) {
                double before = 1;
                double value = x;
                for (int degree = 2; degree <= size; degree++) {
                    double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
                    before = value;
                    value = next;
                }
                slope = size * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            points[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new Quadrature(points, weights);
    }
}
