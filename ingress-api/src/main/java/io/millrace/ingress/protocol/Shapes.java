package io.millrace.ingress.protocol;

/** Arithmetic of shapes. */
final class Shapes {

  private Shapes() {}

  /**
   * Elements that a shape holds; {@link Long#MAX_VALUE} when they are more than a long can count.
   *
   * @param shape dimensions, none negative
   */
  static long elements(long[] shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension == 0) {
        return 0;
      }
      product =
          product > Long.MAX_VALUE / dimension
              ? Long.MAX_VALUE
              : Math.multiplyExact(product, dimension);
    }
    return product;
  }
}
