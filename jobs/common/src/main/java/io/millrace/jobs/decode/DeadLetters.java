package io.millrace.jobs.decode;

import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.RecordHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wraps records that cannot be understood, with everything that they came with. */
public final class DeadLetters {

  private DeadLetters() {}

  public static DeadLetter of(ReceivedRecord received, DecodeException cause, Instant now) {
    DeadLetterReason reason =
        switch (cause.reason()) {
          case EMPTY_VALUE -> DeadLetterReason.EMPTY_VALUE;
          case UNKNOWN_ENCODING -> DeadLetterReason.UNKNOWN_ENCODING;
          case UNKNOWN_SCHEMA -> DeadLetterReason.UNKNOWN_SCHEMA;
          case MALFORMED -> DeadLetterReason.MALFORMED;
        };
    return of(received, reason, String.valueOf(cause.getMessage()), now);
  }

  public static DeadLetter of(
      ReceivedRecord received, DeadLetterReason reason, String detail, Instant now) {
    List<RecordHeader> headers =
        received.headers().stream()
            .map(header -> new RecordHeader(header.key(), wrap(header.value())))
            .toList();
    return new DeadLetter(
        reason,
        detail,
        received.topic(),
        received.partition(),
        received.offset(),
        Instant.ofEpochMilli(received.timestamp()),
        now,
        wrap(received.key()),
        wrap(received.value()),
        headers);
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
