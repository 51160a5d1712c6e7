namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class BuildToolRuleTests
{
    [Theory]
    [InlineData("dotnet-restore-unlocked", "FROM debian\nRUN dotnet restore a.csproj", "dotnet restore")]
    [InlineData("dotnet-restore-unlocked", "FROM debian\nRUN dotnet restore -a $TARGETARCH", "dotnet restore")]
    [InlineData("dotnet-restores-again", "FROM debian\nRUN dotnet restore\nRUN dotnet publish -o /x && dotnet build --no-restore", "dotnet publish")]
    [InlineData("dotnet-restores-again", "FROM a AS r\nRUN dotnet restore\nFROM r\nRUN dotnet test", "dotnet test")]
    [InlineData("nuget-cache-mount", "FROM sdk AS build\nRUN dotnet restore --locked-mode\nFROM scratch\nCOPY --from=build /app /app\n", "dotnet restore")]
    [InlineData("nuget-cache-mount", "FROM sdk AS build\nRUN --mount=type=cache,target=/root/.npm dotnet restore && dotnet restore b\nFROM scratch\nCOPY --from=build /app /app\n", "dotnet restore")]
    [InlineData("go-cache-mount", "FROM debian\nRUN go mod download", "go mod")]
    [InlineData("go-cache-mount", "FROM debian\nRUN CGO_ENABLED=0 go build ./... && go test ./...", "go build")]
    [InlineData("go-install-unpinned", "FROM debian\nRUN go install a/b@latest && go run c@main", "a/b@latest | c@main")]
    [InlineData("cargo-cache-mount", "FROM debian\nRUN cargo build --locked", "cargo build")]
    [InlineData("cargo-unlocked", "FROM debian\nRUN cargo build --release && cargo install a@1", "cargo build | cargo install")]
    [InlineData("cargo-install-unpinned", "FROM debian\nRUN cargo install --locked --features x a b@1", "a")]
    [InlineData("cargo-install-unpinned", "FROM debian\nRUN cargo install --git https://x/y", "cargo install")]
    [InlineData("gem-unpinned", "FROM debian\nRUN gem install --no-document bundler rake:1", "bundler")]
    [InlineData("maven-cache-mount", "FROM debian\nRUN ./mvnw -B -DskipTests package", "./mvnw -B -DskipTests package")]
    [InlineData("maven-cache-mount", "FROM debian\nRUN mvn dependency:go-offline", "mvn dependency:go-offline")]
    [InlineData("gradle-cache-mount", "FROM debian\nRUN ./gradlew build", "./gradlew build")]
    public void A_file_breaks_the_rule_at_these_words(string id, string file, string words) =>
        Assert.Equal(words, string.Join(" | ", Advised.By(id, file).Select(remark => Advised.Words(file, remark))));

    [Theory]
    [InlineData("dotnet-restore-unlocked", "FROM debian\nRUN dotnet restore --locked-mode && dotnet restore -p:RestoreLockedMode=true && dotnet tool restore && dotnet restore $FLAGS")]
    [InlineData("dotnet-restores-again", "FROM debian\nRUN dotnet publish")]
    [InlineData("dotnet-restores-again", "FROM debian\nRUN dotnet restore && dotnet publish --no-restore && dotnet test --no-build && dotnet build $FLAGS")]
    [InlineData("dotnet-restores-again", "FROM a\nRUN dotnet restore\nFROM a\nRUN dotnet publish")]
    [InlineData("nuget-cache-mount", "FROM sdk AS build\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet restore\nFROM scratch\nCOPY --from=build /app /app\n")]
    [InlineData("nuget-cache-mount", "FROM sdk AS build\nENV NUGET_PACKAGES=/p\nRUN --mount=type=cache,target=/p dotnet restore\nFROM scratch\nCOPY --from=build /app /app\n")]
    [InlineData("nuget-cache-mount", "FROM sdk AS build\nRUN dotnet restore\nFROM scratch\nCOPY --from=build /app /app\nCOPY --from=build /root/.nuget/packages /p")]
    [InlineData("nuget-cache-mount", "FROM debian\nRUN dotnet restore")]
    [InlineData("go-cache-mount", "FROM debian\nRUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod go build")]
    [InlineData("go-cache-mount", "FROM debian\nRUN go version && go build -mod=vendor")]
    [InlineData("go-install-unpinned", "FROM debian\nRUN go install a/b@v1 && go build")]
    [InlineData("cargo-cache-mount", "FROM debian\nRUN --mount=type=cache,target=/usr/local/cargo/registry cargo build")]
    [InlineData("cargo-unlocked", "FROM debian\nRUN cargo build --locked && cargo install --frozen a && cargo fmt")]
    [InlineData("cargo-install-unpinned", "FROM debian\nRUN cargo install a@1 && cargo install a --version 1 && cargo install --path . && cargo install --git https://x/y --tag v1")]
    [InlineData("gem-unpinned", "FROM debian\nRUN gem install a:1 && gem install a -v 1 && gem install b.gem && gem install $C && gem update --system")]
    [InlineData("maven-cache-mount", "FROM debian\nRUN --mount=type=cache,target=/root/.m2 mvn package")]
    [InlineData("maven-cache-mount", "FROM debian\nRUN mvn --version")]
    [InlineData("gradle-cache-mount", "FROM debian\nRUN --mount=type=cache,target=/home/gradle/.gradle gradle build")]
    public void A_file_holds_to_the_rule(string id, string file) => Assert.Empty(Advised.By(id, file));
}
