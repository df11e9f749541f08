package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.training.LabeledTextCsv.Row;
import io.millrace.training.LabeledTextCsv.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabeledTextCsvTest {

  @Test
  void readsTextLabelAndSplitInAnyOrder() throws Exception {
    // When
    List<Row> rows =
        parse("split,label,other,text\ntrain,a,,\"one,\ntwo\"\ntest,b,x,\u00fcber \uD83D\uDE00\n");

    // Then
    assertThat(rows)
        .containsExactly(
            new Row(new LabeledText("one,\ntwo", "a"), 3, Split.TRAIN),
            new Row(new LabeledText("\u00fcber \uD83D\uDE00", "b"), 4, Split.TEST));
  }

  @Test
  void takesCategoryForLabelAndAByteOrderMark() throws Exception {
    assertThat(parse("\uFEFFtext,category\nhi,greeting\n"))
        .containsExactly(new Row(new LabeledText("hi", "greeting"), 2, null));
  }

  @ParameterizedTest
  @CsvSource({
    "'text,intent\nhi,a\n', 'has the columns [text, intent], expected one named label or category'",
    "'body,label\nhi,a\n', 'expected one named text'",
    "'text,label\nhi,a\n ,b\n', 'data.csv line 3 has a blank text'",
    "'text,label\nhi,a\nho\n', 'data.csv line 3 has 1 columns, expected a label in column 2'",
    "'text,label,split\nhi,a,dev\n', 'data.csv line 2 has another split than expected: train or test'",
    "'text,label\nhi,a\n\"ho,b\n', 'data.csv: '",
    "'text,text\nhi,a\n', 'its header is not valid'",
    "'', 'expected one named text'",
  })
  void refusesWhatIsNoTrainingDataAndSaysWhere(String csv, String message) {
    assertThatThrownBy(() -> parse(csv))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoUtf8() {
    assertThatThrownBy(
            () ->
                LabeledTextCsv.parse(
                    "data.csv", "text,label\n\u00fc,a\n".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("not valid UTF-8");
  }

  @Test
  void refusesAMissingFile(@TempDir Path directory) {
    assertThatThrownBy(() -> LabeledTextCsv.read(directory.resolve("absent.csv")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("absent.csv is no file");
  }

  private static List<Row> parse(String csv) throws Exception {
    return LabeledTextCsv.parse("data.csv", csv.getBytes(StandardCharsets.UTF_8));
  }
}
