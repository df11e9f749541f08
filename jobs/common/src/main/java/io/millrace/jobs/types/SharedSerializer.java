package io.millrace.jobs.types;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes and reads as another one, and copies nothing; see {@link SharedTypeInformation}. */
final class SharedSerializer<T> extends TypeSerializer<T> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<T> inner;

  SharedSerializer(TypeSerializer<T> inner) {
    this.inner = inner;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new SharedSerializer<>(inner.duplicate());
  }

  @Override
  public T createInstance() {
    return inner.createInstance();
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return inner.getLength();
  }

  @Override
  public void serialize(T element, DataOutputView target) throws IOException {
    inner.serialize(element, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return inner.deserialize(source);
  }

  /** Never into an element that someone may have. */
  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return inner.deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    inner.copy(source, target);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SharedSerializer<?> shared && inner.equals(shared.inner);
  }

  @Override
  public int hashCode() {
    return Objects.hash(SharedSerializer.class, inner);
  }

  /** That of the type inside: state does not know of this one. */
  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return inner.snapshotConfiguration();
  }
}
