namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class DownloadRuleTests
{
    [Theory]
    [InlineData("download-run", "FROM debian\nRUN curl -fsSL https://x | bash -s -- --yes", "https://x")]
    [InlineData("download-run", "FROM debian\nRUN wget -qO- \"https://x\" | sudo sh", "\"https://x\"")]
    [InlineData("download-run", "FROM debian\nRUN sh -c \"$(curl -fsSL https://x)\"", "https://x")]
    [InlineData("download-run", "FROM debian\nRUN bash <(curl -fsSL https://x)", "https://x")]
    [InlineData("download-run", "FROM debian\nRUN curl -sSL https://x | python3 -", "https://x")]
    [InlineData("download-run", "FROM debian\nRUN curl https://x | gunzip | sh", "https://x")]
    [InlineData("download-run", "FROM debian\nRUN eval \"$(curl -f https://x)\"", "https://x")]
    [InlineData("download-run", "FROM debian\nRUN curl -f $INSTALL_URL | sh", "$INSTALL_URL")]
    [InlineData("curl-without-fail", "FROM debian\nRUN curl -sSL https://x -o y", "curl")]
    [InlineData("curl-without-fail", "FROM debian\nRUN curl -of https://x && curl -fo y https://x", "curl")]
    [InlineData("download-unchecked", "FROM debian\nRUN curl -fo y https://x && wget https://y", "https://x | https://y")]
    [InlineData("download-unchecked", "FROM debian\nRUN curl -fsSL https://x | tar xz", "https://x")]
    [InlineData("download-unchecked", "FROM debian\nRUN wget -qO- https://x | tar xz", "https://x")]
    [InlineData("git-clone-unpinned", "FROM debian\nRUN git clone --depth 1 https://x", "git clone")]
    [InlineData("git-clone-unpinned", "FROM debian\nRUN git -C / clone https://x && git clone -b v1 https://y", "git -C / clone")]
    public void A_file_breaks_the_rule_at_these_words(string id, string file, string words) =>
        Assert.Equal(words, string.Join(" | ", Advised.By(id, file).Select(remark => Advised.Words(file, remark))));

    [Theory]
    [InlineData("download-run", "FROM debian\nRUN curl -f https://x -o y && sh y")]
    [InlineData("download-run", "FROM debian\nRUN curl -f https://x | tar xz && sh")]
    [InlineData("download-run", "FROM debian\nRUN curl -f https://x | python3 -m json.tool")]
    [InlineData("download-run", "FROM debian\nRUN curl -f https://x | sh -c \"cat\"")]
    [InlineData("download-run", "FROM debian\nRUN V=$(curl -f https://x) && sh y $V")]
    [InlineData("download-run", "FROM debian\nRUN curl -f https://x || sh y")]
    [InlineData("curl-without-fail", "FROM debian\nRUN curl -fsSL https://x && curl --fail https://x && curl --fail-with-body https://x && curl -sSLfo y https://x")]
    [InlineData("curl-without-fail", "FROM debian\nRUN curl --version && curl -I https://x && curl -sw \"%{http_code}\" https://x && curl $CURL_OPTS https://x")]
    [InlineData("curl-without-fail", "FROM debian\nRUN curl -s http://localhost:80/ && echo curl https://x")]
    [InlineData("download-unchecked", "FROM debian\nRUN curl -fo y https://x && echo \"0 y\" | sha256sum -c")]
    [InlineData("download-unchecked", "FROM debian\nRUN wget https://x https://x.asc && gpg --verify x.asc")]
    [InlineData("download-unchecked", "FROM debian\nRUN curl -f https://x && wget -qO- https://x && wget --spider https://x")]
    [InlineData("git-clone-unpinned", "FROM debian\nRUN git clone -b v1 https://x && git clone --branch=v1 https://y && git clone --revision abc https://z")]
    [InlineData("git-clone-unpinned", "FROM debian\nRUN git clone https://x && cd x && git checkout abc")]
    [InlineData("git-clone-unpinned", "FROM debian\nRUN git --version")]
    public void A_file_holds_to_the_rule(string id, string file) => Assert.Empty(Advised.By(id, file));
}
