package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownTokenTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // WordPiece
        "{'added_tokens':[{'id':1}],'model':{'unk_token':'[UNK]','vocab':{'a':0,'[UNK]':7}}}",
        // WordLevel has the vocabulary first
        "{'model':{'type':'WordLevel','vocab':{'[UNK]':7,'a':0},'unk_token':'[UNK]'}}",
        // Unigram, whose vocabulary is a list
        "{'model':{'type':'Unigram','unk_id':7,'vocab':[['<unk>',0.0],['a',-1.5]]}}",
        // another object of the same names before
        "{'x':{'model':{'unk_id':1}},'model':{'y':{'unk_id':2},'unk_id':7}}"
      })
  void findsTheId(String tokenizer) throws Exception {
    assertThat(UnknownToken.id(write(tokenizer))).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // byte-level BPE
        "{'model':{'type':'BPE','unk_token':null,'vocab':{'a':0}}}",
        "{'model':{'type':'Unigram','unk_id':null,'vocab':[]}}",
        "{'model':{'unk_token':'[UNK]','vocab':{'a':0}}}",
        "{'model':{'unk_token':'[UNK]'}}",
        "{'model':[]}",
        "{}",
        "[]"
      })
  void isEmptyWhereThereIsNone(String tokenizer) throws Exception {
    assertThat(UnknownToken.id(write(tokenizer))).isEmpty();
  }

  @Test
  void readsTheTokenizerOfTheEncoder() throws Exception {
    // Given
    try (var in = UnknownToken.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
      Files.copy(Objects.requireNonNull(in), directory.resolve("minilm.json"));
    }

    // Then
    assertThat(UnknownToken.id(directory.resolve("minilm.json"))).hasValue(100);
  }

  private Path write(String json) throws Exception {
    return Files.writeString(directory.resolve("tokenizer.json"), json.replace('\'', '"'));
  }
}
