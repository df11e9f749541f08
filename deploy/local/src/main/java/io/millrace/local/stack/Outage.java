package io.millrace.local.stack;

/** A server of the stack that can be away for a while; its address stays. */
public interface Outage {

  void begin() throws Exception;

  void end() throws Exception;
}
