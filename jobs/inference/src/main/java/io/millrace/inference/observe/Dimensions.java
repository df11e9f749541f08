package io.millrace.inference.observe;

import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What requests are told apart by: {@code tenant}, {@code priority} or {@code parameter.<name>}.
 *
 * @param names of the dimensions; none leaves the requests together
 */
public record Dimensions(List<String> names) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Characters of a segment's value; what is longer is cut. */
  private static final int LONGEST_VALUE = 64;

  private static final String TENANT = "tenant";
  private static final String PRIORITY = "priority";
  private static final String PARAMETER = "parameter.";

  public Dimensions {
    names = List.copyOf(names);
    for (String name : names) {
      if (!name.equals(TENANT)
          && !name.equals(PRIORITY)
          && !(name.startsWith(PARAMETER) && name.length() > PARAMETER.length())) {
        throw new IllegalArgumentException(
            "expected tenant, priority or parameter.<name>, found " + name);
      }
    }
  }

  /** The segments of a request, {@code <dimension>=<value>}; one without a parameter is in none. */
  public List<String> segments(InferenceCommand command) {
    List<String> segments = new ArrayList<>(names.size());
    for (String name : names) {
      Object value = value(name, command);
      if (value != null) {
        segments.add(name + "=" + cut(value.toString()));
      }
    }
    return segments;
  }

  private static @Nullable Object value(String name, InferenceCommand command) {
    if (name.equals(TENANT)) {
      return command.getTenant();
    }
    if (!(command.getCommand() instanceof Submit submit)) {
      return null;
    }
    return name.equals(PRIORITY)
        ? submit.getPriority().name().toLowerCase(Locale.ROOT)
        : submit.getParameters().get(name.substring(PARAMETER.length()));
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }
}
