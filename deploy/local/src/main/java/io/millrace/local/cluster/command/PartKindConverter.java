package io.millrace.local.cluster.command;

import io.millrace.local.cluster.PartKind;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a kind of parts. */
final class PartKindConverter implements ITypeConverter<PartKind> {

  @Override
  public PartKind convert(String text) {
    return Arrays.stream(PartKind.values())
        .filter(kind -> kind.id().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found '%s'"
                        .formatted(
                            Arrays.stream(PartKind.values())
                                .map(PartKind::id)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
