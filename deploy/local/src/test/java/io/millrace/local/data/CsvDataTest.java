package io.millrace.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.terminal.CommandFailedException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvDataTest {

  @Test
  void readsTextCategoryAndQuotes() {
    assertThat(read("text,category\n\"hello, you\",greeting\nbye,farewell\n"))
        .containsExactly(
            new Utterance("hello, you", "greeting", true), new Utterance("bye", "farewell", true));
  }

  @Test
  void rowsOfTheTestSplitAreHeldOut() {
    assertThat(read("text,label,split\na,x,train\nb,y,test\n"))
        .containsExactly(new Utterance("a", "x", false), new Utterance("b", "y", true));
  }

  @Test
  void theLabelIsOptional() {
    assertThat(read("id,Text\n1,a\n")).containsExactly(new Utterance("a", null, true));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> read("utterance,label\na,b\n"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("data.csv has no column 'text'; its columns are [utterance, label]");
    assertThatThrownBy(() -> read("text,label\n"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("data.csv has no rows");
    assertThatThrownBy(() -> read("text,label\na,b\nc\n"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("data.csv: row 2 has no column 'label'");
    assertThatThrownBy(() -> read("text,label\n,b\n"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("data.csv: row 1 has no text");
    assertThatThrownBy(() -> CsvData.read(Path.of("absent.csv")))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("There is no file absent.csv");
  }

  private static List<Utterance> read(String csv) {
    return CsvData.read(new StringReader(csv), "data.csv");
  }
}
