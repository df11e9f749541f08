package io.millrace.jobs.types;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The type of elements that nobody changes once they are made: a copy of one is the element itself.
 * Bytes and state are those of the type inside, so that what was written with it is read with this,
 * and the other way round.
 *
 * <p>With object reuse on, Flink's asynchronous operator copies what it is given, since others may
 * write into it. Of a command with a tensor that is a walk through the whole schema.
 */
public final class SharedTypeInformation<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1L;

  private final TypeInformation<T> type;

  public SharedTypeInformation(TypeInformation<T> type) {
    this.type = type;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return type.getArity();
  }

  @Override
  public int getTotalFields() {
    return type.getTotalFields();
  }

  @Override
  public Class<T> getTypeClass() {
    return type.getTypeClass();
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new SharedSerializer<>(type.createSerializer(config));
  }

  @Override
  public String toString() {
    return "Shared(" + type + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SharedTypeInformation<?> shared && type.equals(shared.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(SharedTypeInformation.class, type);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SharedTypeInformation;
  }
}
