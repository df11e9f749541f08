package io.millrace.schemas;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Precedence of semantic versions: numbers numerically, a pre-release before its release.
 *
 * @see <a href="https://semver.org/#spec-item-11">Semantic Versioning 2.0.0, item 11</a>
 */
public final class SemanticVersionOrder implements Comparator<String> {

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @Override
  public int compare(String left, String right) {
    String[] leftParts = left.split("-", 2);
    String[] rightParts = right.split("-", 2);
    int release = compareIdentifiers(leftParts[0], rightParts[0]);
    if (release != 0) {
      return release;
    }
    if (leftParts.length != rightParts.length) {
      return rightParts.length - leftParts.length;
    }
    return leftParts.length == 1 ? 0 : compareIdentifiers(leftParts[1], rightParts[1]);
  }

  private static int compareIdentifiers(String left, String right) {
    String[] leftIds = left.split("\\.", -1);
    String[] rightIds = right.split("\\.", -1);
    for (int i = 0; i < Math.min(leftIds.length, rightIds.length); i++) {
      int order = compareIdentifier(leftIds[i], rightIds[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftIds.length, rightIds.length);
  }

  private static int compareIdentifier(String left, String right) {
    boolean leftNumeric = NUMBER.matcher(left).matches();
    boolean rightNumeric = NUMBER.matcher(right).matches();
    if (leftNumeric && rightNumeric) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    if (leftNumeric != rightNumeric) {
      return leftNumeric ? -1 : 1;
    }
    return left.compareTo(right);
  }
}
