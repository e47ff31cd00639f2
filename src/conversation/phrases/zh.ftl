# $slash 是 / 或者空：在微信里命令前面不用打斜杠。

## 问候与帮助

# $place 是 private、group 或 channel。
start =
    { $count ->
        [0] 你好！这里还没有文章。发 { $slash }订阅，有了我第一时间告诉你。
       *[other] 你好！这里收了 { $count } 篇文章，我帮你找；有新文章，也可以第一时间告诉你。
    }
    { $place ->
        [private] 想看什么，直接发关键词就行。
       *[other] 想看什么，在 { $slash }搜索 后面写上关键词就行。
    }
help-lead =
    { $place ->
        [private] 直接发关键词就能找文章，也可以用下面的命令：
       *[other] 我会这些：
    }
help-foot = 命令写中文也行，比如 { $slash }搜索、{ $slash }最新、{ $slash }订阅。

# 帮助里的一行；$command 是在这里该怎么输入。
usage-search = { $command } 关键词：找文章
usage-latest = { $command }：看最新的文章
usage-categories = { $command }：按分类看；加上名字或编号，直接看那一类
usage-series = { $command }：按顺序看成系列的文章
usage-related = { $command } 关键词：找和那一篇相近的文章
usage-random = { $command }：随便来一篇
usage-subscribe = { $command }：有新文章就告诉你；加上分类或关键词，只说这些
usage-unsubscribe = { $command }：全部退订；加上名字，只退那一个
usage-subscriptions = { $command }：查看和修改订阅
usage-privacy = { $command }：看看存了你的哪些信息
usage-forget = { $command }：把存的信息全部删掉
usage-settings = { $command }：什么时候收新文章，每页几篇，用什么语言
usage-pause = { $command } 7天：先别发新文章
usage-resume = { $command }：接着发
usage-help = { $command }：看这份说明

# 平台命令菜单里的一行。
describe-search = 找文章，后面写关键词
describe-latest = 最新的文章
describe-categories = 按分类看
describe-series = 成系列的文章
describe-related = 和某一篇相近的文章
describe-random = 随便来一篇
describe-subscribe = 订阅新文章：全部、某一类或某个词
describe-unsubscribe = 退订，全部或其中一个
describe-subscriptions = 查看和修改订阅
describe-privacy = 看看存了你的哪些信息
describe-forget = 把存的信息全部删掉
describe-settings = 什么时候收新文章，用什么语言
describe-pause = 先别发新文章，比如 /pause 7d
describe-resume = 接着发新文章
# 管理员的菜单里才有。
describe-announce = 等着发的、正在发的文章
describe-broadcast = 给所有人发一句话
describe-stats = 文章、订阅和发送的数字
describe-reload = 马上重新读一遍来源
describe-dashboard = 打开后台
describe-help = 我会做什么

## 搜索

search-found = “{ $query }”找到 { $count } 篇
search-nearest = 没有正好讲“{ $query }”的，这些比较接近：
search-nothing = 没找到和“{ $query }”有关的文章。
search-nothing-suggest = 你想找的是不是：
search-nothing-categories = 换个说法试试，或者到这些分类里看看：
search-nothing-ways = 换个说法试试，或者先随便看看：
search-empty = 想找什么？在 { $slash }搜索 后面写上关键词就行。
# $count 是字数。
search-shortened = 内容有点长，我只看了前 { $count } 个字。

## 浏览

latest-lead = 最新文章，一共 { $count } 篇
catalog-empty = 这里还没有文章，过几天再来看看吧。
categories-lead = 一共 { $count } 个分类，选一个看看；发 { $slash }分类 加名字或编号也行。
categories-none = 这里的文章没有分类，先看看最新的吧。
category-lead = { $category }，一共 { $count } 篇
category-more = 还有 { $count } 个分类没有列出，发 { $slash }分类 加名字就行。
category-several = 带“{ $words }”的分类不止一个，你要看哪个？
# $count 是相近文章的篇数。
post-lead =
    { $count ->
        [0] 就是这一篇：
       *[other] 就是这一篇，下面是相近的：
    }
# $place 是这一篇在系列里的位置，从 1 数起。
post-place = 系列《{ $series }》第 { $place } 篇，共 { $count } 篇
post-unknown = 这篇文章现在不在这里了，看看别的吧。
category-unknown = 现在没有“{ $words }”这个分类。

series-lead = 一共 { $count } 个系列，选一个看看；发 { $slash }系列 加名字也行。
series-none = 这里还没有成系列的文章。
series-posts = { $series }，一共 { $count } 篇
series-several = 带“{ $words }”的系列不止一个，你要看哪个？
series-unknown = 现在没有“{ $words }”这个系列。

related-lead = 和《{ $title }》相近的：
related-none = 没有别的文章和《{ $title }》特别相近。
related-empty = 和哪一篇相近？在 { $slash }相关 后面写上标题里的几个字。
random-lead = 这篇怎么样？

## 订阅

# 订阅的内容，用在句子里或按钮上。
subscription-everything = 全部新文章
subscription-category = 分类“{ $category }”
subscription-query = 关键词“{ $query }”

subscribe-everything-done = 订阅好了！有新文章都会发到这里。
subscribe-everything-already = 早就订阅好啦，有新文章都会发到这里。
subscribe-narrow-hint = 只想看某一类？选一个：
subscribe-done = 订阅好了：{ $subscription }，有新的就发到这里。
subscribe-already = 这个已经订阅过了：{ $subscription }。
# 已经订阅全部，又订阅了 $subscription。
subscribe-everything-too = 不过现在所有新文章都会发来。如果只想要{ $subscription }，在下面选。
subscribe-found-now = 目前已经有 { $count } 篇。
subscribe-too-long = 这个有点长，换一两个关键词来订阅吧。
subscribe-too-many = 最多订阅 { $count } 项，先退掉一些再来吧。

unsubscribe-nothing = 这里没有订阅，不用退。
unsubscribe-all-done = 都退订了，不再打扰。想回来的话，发 { $slash }订阅 就好。
unsubscribe-done = 退订好了：{ $subscription }。
unsubscribe-unknown = 这里没有订阅“{ $words }”。

subscriptions-list = 现在订阅了：
subscriptions-none = 还没有订阅。可以订阅全部，也可以挑个分类。
subscriptions-none-left = 现在一个订阅也没有了。

## 设置

settings-when = 新文章：{ $when }
settings-quiet = 免打扰：{ $from } 到 { $to }
settings-no-quiet = 免打扰：没有设置
settings-timezone = 时区：{ $timezone }
settings-cards-per-page = 每页：{ $count } 篇
settings-language = 语言：中文
settings-paused = 暂停到 { $until }
settings-hint = 也可以直接写，比如 { $slash }设置 每天 8:30、{ $slash }设置 免打扰 23:00-7:00、{ $slash }设置 每页 8 篇、{ $slash }设置 时区 东京。
settings-done = 改好了。
settings-unknown = 没看懂“{ $words }”这个设置。现在是这样：
when-at-once = 马上发
when-daily = 每天 { $time } 发一次
# $day 从 1（周一）数起。
when-weekly =
    { $day ->
        [1] 每周一 { $time } 发一次
        [2] 每周二 { $time } 发一次
        [3] 每周三 { $time } 发一次
        [4] 每周四 { $time } 发一次
        [5] 每周五 { $time } 发一次
        [6] 每周六 { $time } 发一次
       *[7] 每周日 { $time } 发一次
    }
pause-done = 好，{ $until } 之前不打扰你，这期间的新文章先留着。
pause-unknown = 要停多久？写成 { $slash }暂停 7天、{ $slash }暂停 12小时 或 { $slash }暂停 2周，最长一年。没看懂“{ $words }”。
resume-done = 欢迎回来！这期间的新文章马上就到。
resume-nothing = 现在没有暂停。

# 不是管理员的人想改群或频道的订阅。
manage-refused =
    { $place ->
        [group] 只有本群管理员能改群里的订阅。私聊我的话，可以有你自己的订阅。
       *[other] 只有频道管理员能改这里的订阅。私聊我的话，可以有你自己的订阅。
    }

## 存了哪些信息

# $address 是这个聊天的地址，比如 telegram:12345；$since 是日期，比如 2026-11-25。
privacy-stored = 从 { $since } 起存着：这个聊天的地址（{ $address }）、{ $count } 项订阅、语言和设置，以及还没发出的新文章通知。
privacy-notifications = 打开了浏览器通知的话，也存着通知发到哪里，关掉就删。
privacy-nothing = 这里没有存你的任何信息。
# 没有按钮的聊天里，序号和翻页靠记住最近的列表。
privacy-list = 你最近看的那份列表会留两天，这样发序号和翻页才管用。
# 在能修改消息的地方。
privacy-answers = 你最近几条消息的编号会留两天（不含内容），这样改了消息，回答也跟着改。
privacy-searches = 你搜过什么，不会和你记在一起。发 { $slash }忘记我，马上全部删掉。
forget-done = 好的，和这个聊天有关的信息都删掉了。

## 新文章通知

news-post = 🔔 新文章
news-digest = 🔔 { $count } 篇新文章
news-more = 另外还有 { $count } 篇，可以到最新文章里看。
# 为什么收到；还有 $more 项没有列出。
news-reason =
    { $more ->
        [0] 因为你订阅了{ $subscriptions }。
       *[other] 因为你订阅了{ $subscriptions }，另外还有 { $more } 项。
    }
list-separator = 、

## 给管理员

usage-broadcast = { $command } 要说的话：先预览，再发给所有订阅者
usage-announce = { $command }：等你决定的文章、发送进度和失败的；后面可以加 approve、discard、preview、retry、believe
usage-stats = { $command }：文章、订阅和发送的数字
usage-reload = { $command }：马上重读一遍来源
usage-dashboard = { $command }：给一个打开后台的链接，只能用一次

announce-waiting = 有 { $count } 篇文章等你决定要不要发。
announce-nothing-waits = 没有等你决定的文章。
# 最近一次的通知；$later 条等到读者选的时间再发。
announce-progress =
    { $later ->
        [0] 最近一次：{ $bar } { $ended } / { $total }
       *[other] 最近一次：{ $bar } { $ended } / { $total }，另有 { $later } 条到读者选的时间再发
    }
announce-failures = 最近失败的：
announce-approved = { $count } 篇文章这就发出去。
announce-discarded = { $count } 篇文章不发了。
announce-retried = 重新发送 { $count } 条失败的通知。
announce-trouble = 目录有问题：{ $trouble }
button-believe = 就以现在的为准
announce-believed = 好，就以现在的目录为准，不管少了多少篇。
announce-unknown = “{ $words }”不在 approve、discard、preview、retry、believe 之中。
desk-closed = 这里不发通知。
broadcast-preview = 点按钮，就把下面的话发给 { $count } 位订阅者：
button-broadcast = 发给 { $count } 人
broadcast-sent =
    { $count ->
        [0] 已经发过了，不会再发一遍。
       *[other] 正在发给 { $count } 位订阅者。
    }
broadcast-expired = 这份草稿超过一小时了，请用 /群发 重新写一遍。
broadcast-empty = 要对大家说什么？写在 /群发 后面，发出去之前会先给你看。
broadcast-too-long = 一条消息放不下，最多 { $count } 个字。
broadcast-nobody = 还没有人订阅，没有可以发的人。
stats-catalog =
    { $problems ->
        [0] 目录：{ $posts } 篇文章，{ $categories } 个分类
       *[other] 目录：{ $posts } 篇文章，{ $categories } 个分类，{ $problems } 个问题
    }
stats-subscribers = 订阅者：{ $count } 个有效，{ $suspended } 个停用
stats-channel = – { $channel }：{ $count }
stats-fresh = 新增订阅者：近一天 { $day }，近 7 天 { $week }，近 30 天 { $month }
# $days 是一串日子，比如“周一 3、周二 5”，今天在最后。
stats-days = 每天新增：{ $days }
stats-subscriptions = 订阅：全部 { $everything }，分类 { $category }，关键词 { $query }
stats-deliveries = 近 30 天：已发 { $sent }，正在发 { $sending }，等待 { $pending }，未确认 { $unknown }，失败 { $dead }
stats-queries = 大家搜得最多的：
stats-unanswered = 没有搜到结果的：
stats-query = – { $query }：{ $count }
dashboard-link = 用它打开后台，十分钟内有效，只能用一次。别转给别人。
dashboard-private = 谁拿到链接谁就能进后台，请私下找我要。
dashboard-none = 这里没有后台。
button-dashboard = 打开后台
reload-done =
    { $problems ->
        [0] 读好了：{ $posts } 篇文章，没有问题。
       *[other] 读好了：{ $posts } 篇文章，{ $problems } 个问题：
    }
button-approve = 发给大家
button-discard = 不发
button-preview = 先看看
button-retry = 重发失败的
button-refresh = 刷新

## 不对劲的时候

empty = 这条消息里没有我能读的文字，发个关键词试试？
unknown-command = 我不认识 /{ $word }。是要搜它，还是看看我会什么？
apology = 我这边出了点问题，请过一会儿再试。

## 终端

terminal-hint =
    1 打开第一篇文章，>1 按第一个按钮。
    n 和 p 翻页，/quit 离开。
terminal-no-choice = 上面没有这个选项。
terminal-page = 第 { $number } 页，共 { $count } 页
terminal-previous = 上一页
terminal-next = 下一页

## 按钮

button-latest = 最新文章
button-categories = 全部分类
button-help = 怎么用
button-search = 搜“{ $query }”
button-category = { $category }
button-category-count = { $number }. { $category }（{ $count }）
button-series = 整个系列：{ $series }
button-series-count = { $series }（{ $count }）
button-all-series = 全部系列
button-another = 换一篇
button-open = 阅读原文
button-related = 相近的文章
# 在 Telegram 里，打开小程序看得更全。
button-in-app = 在小程序里打开
button-all-in-app = 在小程序里看全部 { $count } 篇
button-forget = 忘记我
button-notify = 🔔 有新的就告诉我
button-follow-category = 🔔 订阅这一类
button-follow-named = 🔔 订阅 { $category }
button-subscribe-everything = 🔔 订阅
button-subscriptions = 我的订阅
button-only-category = 只要 { $category }
button-add-category = ＋ { $category }
button-only = 只要{ $subscription }
button-quiet-on = 22:00–8:00 免打扰
button-quiet-off = 取消免打扰
button-cards-per-page = 每页 { $count } 篇
button-pause = 暂停 7 天
button-resume = 结束暂停
button-other-language = English
button-drop = ✕ { $subscription }
button-drop-all = 全部退订
button-stop = 🔕 退订

## 没有按钮的聊天（微信、企业微信）

chat-open-by-number = 发序号看卡片
chat-choose-by-number = 发序号选择
chat-next-page = 第 { $page }/{ $count } 页，发 n 看下一页
chat-previous-page = 第 { $page }/{ $count } 页，发 p 看上一页
chat-hint-separator = ；
# 发一句话就能做的选择。
chat-choice = { $label }：发「{ $words }」
chat-no-page = 没有别的页了。发关键词搜索，或者发「最新」「分类」看看。
# 读者不在时攒下的文章。
chat-kept = —— 你上次来后有 { $count } 篇新文章 ——
chat-kept-more = 还有 { $count } 篇，下次接着给你
# 停机期间积压太久的消息；$words 是原话。
late-words = 你发“{ $words }”的时候我不在，没能回答，那段时间发的其他消息也一样。现在还要吗？
late-something = 你发消息的时候我不在，没能回答。现在还要吗？
button-late = 现在就要
# 来得太晚的回答。
chat-late = —— 你之前问的，现在有答案了 ——
chat-unreadable = 我只看得懂文字和语音。发一个关键词，比如「LoRA」，或者发「帮助」看看能做什么。
chat-silent-voice = 这段语音里没听出字来。打几个字告诉我关键词吧，或者发「帮助」看看能做什么。

## Telegram

# $username 是机器人的用户名。
telegram-inline-nothing = 没找到，去 @{ $username } 里搜搜看
telegram-about = 发关键词找文章；有新文章时告诉你。也可以在任何聊天里输入 @{ $username } 加关键词。
# 打开小程序的按钮上，只有一个短词。
telegram-menu = 文章
telegram-about-short = 找文章，订阅新文章
