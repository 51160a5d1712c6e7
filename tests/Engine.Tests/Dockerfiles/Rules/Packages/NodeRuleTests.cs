namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class NodeRuleTests
{
    [Theory]
    [InlineData("npm-install", "FROM debian\nCOPY package*.json ./\nRUN npm install --omit=dev", "npm install")]
    [InlineData("npm-install", "FROM debian\nCOPY package.json package-lock.json /app/\nRUN cd /app && npm i", "npm i")]
    [InlineData("npm-install", "FROM a AS deps\nCOPY package*.json ./\nFROM deps\nRUN npm install", "npm install")]
    [InlineData("npm-unpinned", "FROM debian\nRUN npm install -g a @b/c @d/e@1 f@latest", "a")]
    [InlineData("npm-unpinned", "FROM debian\nRUN npm i express", "express")]
    [InlineData("npm-dev-dependencies", "FROM debian\nRUN npm ci", "npm ci")]
    [InlineData("npm-dev-dependencies", "FROM debian\nRUN npm --prefix x ci && npm run build", "npm --prefix x ci")]
    [InlineData("npm-cache-left", "FROM debian\nRUN npm ci --omit=dev", "npm ci")]
    [InlineData("npm-cache-left", "FROM debian\nRUN --mount=type=cache,target=/root/.cache npm install -g a@1 && npm install -g b@1", "npm install")]
    [InlineData("yarn-unlocked", "FROM debian\nRUN yarn install", "yarn install")]
    [InlineData("yarn-unlocked", "FROM debian\nRUN yarn && yarn build", "yarn")]
    [InlineData("pnpm-unlocked", "FROM debian\nRUN pnpm i --prod", "pnpm i")]
    [InlineData("yarn-cache-left", "FROM debian\nRUN yarn install --immutable", "yarn install")]
    public void A_file_breaks_the_rule_at_these_words(string id, string file, string words) =>
        Assert.Equal(words, string.Join(" | ", Advised.By(id, file).Select(remark => Advised.Words(file, remark))));

    [Theory]
    [InlineData("npm-install", "FROM debian\nRUN npm install")]
    [InlineData("npm-install", "FROM debian\nCOPY package*.json ./\nRUN npm ci && npm install -g pnpm@1 && npm install ./x")]
    [InlineData("npm-install", "FROM debian\nCOPY package.json ./\nRUN npm install")]
    [InlineData("npm-unpinned", "FROM debian\nRUN npm install -g a@1 @b/c@^2 ./d e.tgz git+https://x/y github/z $F@1 && npm ci && npm run x")]
    [InlineData("npm-dev-dependencies", "FROM debian\nRUN npm ci --omit=dev && npm ci --omit dev && npm install --production && npm ci --only=production")]
    [InlineData("npm-dev-dependencies", "FROM debian\nENV NODE_ENV=production\nRUN npm ci")]
    [InlineData("npm-dev-dependencies", "FROM debian\nRUN NODE_ENV=production npm ci")]
    [InlineData("npm-dev-dependencies", "FROM debian\nRUN npm ci && npm run build && npm prune --omit=dev")]
    [InlineData("npm-dev-dependencies", "FROM debian\nRUN npm install -g a")]
    [InlineData("npm-dev-dependencies", "FROM debian AS build\nRUN npm ci\nFROM scratch\nCOPY --from=build /x /x\n")]
    [InlineData("npm-cache-left", "FROM debian\nRUN --mount=type=cache,target=/root/.npm npm ci")]
    [InlineData("npm-cache-left", "FROM debian\nRUN npm ci && npm cache clean --force")]
    [InlineData("npm-cache-left", "FROM debian\nRUN npm ci && rm -rf /root/.npm")]
    [InlineData("npm-cache-left", "FROM debian\nENV NPM_CONFIG_CACHE=/c\nRUN --mount=type=cache,target=/c npm ci")]
    [InlineData("npm-cache-left", "FROM debian AS build\nRUN npm ci\nFROM scratch\nCOPY --from=build /x /x\n")]
    [InlineData("yarn-unlocked", "FROM debian\nRUN yarn install --immutable && yarn install --frozen-lockfile && yarn --version && yarn build")]
    [InlineData("yarn-unlocked", "FROM debian\nENV CI=true\nRUN yarn")]
    [InlineData("pnpm-unlocked", "FROM debian\nRUN pnpm install --frozen-lockfile && pnpm build && pnpm fetch")]
    [InlineData("pnpm-unlocked", "FROM debian\nRUN CI=1 pnpm install")]
    [InlineData("yarn-cache-left", "FROM debian\nRUN yarn install && yarn cache clean")]
    [InlineData("yarn-cache-left", "FROM debian\nRUN --mount=type=cache,target=/root/.yarn yarn install")]
    [InlineData("yarn-cache-left", "FROM debian AS build\nRUN yarn install\nFROM scratch\nCOPY --from=build /x /x\n")]
    public void A_file_holds_to_the_rule(string id, string file) => Assert.Empty(Advised.By(id, file));
}
