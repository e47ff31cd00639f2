## Greeting and help

# $place is private, group or channel.
start =
    { $count ->
        [0] Hi! There are no posts here yet. /subscribe, and I tell you as soon as one comes out.
        [one] Hi! I know the one post there is so far, and I can tell you when the next one comes out.
       *[other] Hi! I can find you any of the { $count } posts here, and tell you when a new one comes out.
    }
    { $place ->
        [private] Just type what you are looking for.
       *[other] Put what you are looking for after /search.
    }
help-lead =
    { $place ->
        [private] Type a few words and I’ll look for posts. Or use a command:
       *[other] Here is what I can do:
    }
help-foot = Chinese works as well: /搜索, /最新, /订阅 …

# What stands in the help; $command is the command as it is typed here.
usage-search = { $command } words: find posts
usage-latest = { $command }: the newest posts
usage-categories = { $command }: browse by category; with a name or number, straight into one
usage-series = { $command }: posts that belong together, in their order
usage-related = { $command } words: posts like that one
usage-random = { $command }: any post, as chance will have it
usage-subscribe = { $command }: hear of every new post; with a category or any words, only of those
usage-unsubscribe = { $command }: stop everything; with a name, just that
usage-subscriptions = { $command }: see and change your subscriptions
usage-privacy = { $command }: what is stored about you
usage-forget = { $command }: delete all of it
usage-settings = { $command }: when you hear of new posts, results per page, language
usage-pause = { $command } 7d: nothing new for a while
usage-resume = { $command }: end the pause
usage-help = { $command }: this overview

# What stands in a platform's command menu.
describe-search = Find posts: /search and a few words
describe-latest = The newest posts
describe-categories = Browse by category
describe-series = Posts that belong together, in order
describe-related = Posts like one that you name
describe-random = Any post, by chance
describe-subscribe = Hear of new posts: all, a category, or some words
describe-unsubscribe = Stop all subscriptions, or one by name
describe-subscriptions = See and change your subscriptions
describe-privacy = What is stored about you
describe-forget = Delete all that is stored about you
describe-settings = When to hear of new posts, and the language
describe-pause = Nothing new for a while: /pause 7d
describe-resume = End the pause
describe-help = What I can do
# In the menus of admins.
describe-announce = What waits to be told, what is on its way
describe-broadcast = Tell everyone something
describe-stats = Posts, subscribers and deliveries in figures
describe-reload = Read the sources again, now
describe-dashboard = Open the dashboard

## Search

search-found =
    { $count ->
        [one] 1 post on “{ $query }”
       *[other] { $count } posts on “{ $query }”
    }
search-nearest = Nothing answers “{ $query }” quite, but this comes close:
search-nothing = I found nothing on “{ $query }”.
search-nothing-suggest = Did you mean one of these?
search-nothing-categories = Other words may work. Or look around in these:
search-nothing-ways = Other words may work. Or have a look around:
search-empty = What are you looking for? Put a few words after /search.
# $count is the number of characters.
search-shortened = That was a long one, so I looked at its first { $count } characters only.

## Browsing

latest-lead =
    { $count ->
        [one] The only post so far
       *[other] The newest of { $count } posts
    }
catalog-empty = There are no posts here yet. Do look in again.
categories-lead =
    { $count ->
        [one] There is 1 category. Pick it, or send /category with its name.
       *[other] { $count } categories. Pick one, or send /category with its name or number.
    }
categories-none = The posts here have no categories. The newest ones are a good start.
category-lead =
    { $count ->
        [one] { $category }: 1 post
       *[other] { $category }: { $count } posts
    }
category-more =
    { $count ->
        [one] There is 1 more category: send /category with its name.
       *[other] There are { $count } more categories: send /category with a name.
    }
category-several = More than one category fits “{ $words }”. Which one?
# $count is the number of posts like it.
post-lead =
    { $count ->
        [0] Here it is:
       *[other] Here it is, with posts like it:
    }
# $place is that of the post within its series, from 1.
post-place = Part { $place } of { $count } in the series “{ $series }”
post-unknown = This post is no longer here. Do have a look at the others.
category-unknown = There is no category “{ $words }” right now.

series-lead =
    { $count ->
        [one] There is 1 series.
       *[other] { $count } series. Pick one, or send /series with its name.
    }
series-none = There are no series here so far.
series-posts =
    { $count ->
        [one] { $series }: 1 post
       *[other] { $series }: { $count } posts
    }
series-several = More than one series fits “{ $words }”. Which one?
series-unknown = There is no series “{ $words }” right now.

related-lead = More like “{ $title }”:
related-none = Nothing else here is much like “{ $title }”.
related-empty = Like which post? Put some words of its title after /related.
random-lead = How about this one?

## Subscriptions

# What one is subscribed to, within a sentence or on a button.
subscription-everything = every new post
subscription-category = category “{ $category }”
subscription-query = posts on “{ $query }”

subscribe-everything-done = Done! Every new post will come right here.
subscribe-everything-already = All set already: every new post comes right here.
subscribe-narrow-hint = Rather just one category? Pick it:
subscribe-done = Done! You’re subscribed to { $subscription }.
subscribe-already = You have that one already: { $subscription }.
# One has everything, and now asked for $subscription as well.
subscribe-everything-too = Every new post comes here anyway. If you would rather have only { $subscription }, choose that below.
subscribe-found-now =
    { $count ->
        [one] 1 post fits already.
       *[other] { $count } posts fit already.
    }
subscribe-too-long = That is a bit long to look out for. A word or a few work best.
subscribe-too-many = { $count } subscriptions are the most I can keep. Drop one and try again.

unsubscribe-nothing = Nothing to stop: there are no subscriptions here.
unsubscribe-all-done = All stopped, I’ll be quiet. /subscribe brings me back.
unsubscribe-done = Stopped: { $subscription }.
unsubscribe-unknown = There is no subscription “{ $words }” here.

subscriptions-list = Subscriptions here:
subscriptions-none = No subscriptions yet. Take everything, or pick a category.
subscriptions-none-left = That was the last one.

## Settings

settings-when = New posts: { $when }
settings-quiet = Quiet hours: { $from } to { $to }
settings-no-quiet = Quiet hours: none
settings-timezone = Timezone: { $timezone }
settings-cards-per-page = Results per page: { $count }
settings-language = Language: English
settings-paused = Paused until { $until }
settings-hint = You can also write it, such as /settings daily 8:30, /settings quiet 23:00-7:00, /settings results 8 or /settings timezone Tokyo.
settings-done = Changed.
settings-unknown = I don’t know the setting “{ $words }”. This is how things are:
when-at-once = at once
when-daily = every day at { $time }
# $day counts from 1, Monday.
when-weekly =
    { $day ->
        [1] Mondays at { $time }
        [2] Tuesdays at { $time }
        [3] Wednesdays at { $time }
        [4] Thursdays at { $time }
        [5] Fridays at { $time }
        [6] Saturdays at { $time }
       *[7] Sundays at { $time }
    }
pause-done = All quiet until { $until }. What comes meanwhile waits for you.
pause-unknown = For how long? Write it like /pause 7d, /pause 12h or /pause 2w; a year at most. I don’t know “{ $words }”.
resume-done = Welcome back! What came meanwhile is on its way.
resume-nothing = Nothing is paused.

# Somebody who is no admin tried to change the subscriptions of a group or a channel.
manage-refused =
    { $place ->
        [group] Only this group’s admins can change what it gets. Message me directly, and I’ll keep subscriptions of your own.
       *[other] Only this channel’s admins can change what it gets. Message me directly, and I’ll keep subscriptions of your own.
    }

## What is stored

# $address is the chat, such as telegram:12345; $since a date, such as 2026-11-25.
privacy-stored =
    { $count ->
        [one] Stored about this chat since { $since }: its address ({ $address }), 1 subscription, your language and settings, and news that is on its way to you.
       *[other] Stored about this chat since { $since }: its address ({ $address }), { $count } subscriptions, your language and settings, and news that is on its way to you.
    }
# Where the channel can notify the reader otherwise, such as a browser.
privacy-notifications = Where this browser takes notifications is stored as long as they are on.
privacy-nothing = Nothing is stored about this chat.
# In chats without buttons, numbers and pages need the last list.
privacy-list = The list you looked at last is kept for two days, so that numbers and pages work.
# Where messages can be edited.
privacy-answers = The numbers of your last messages are kept for two days, not their words: editing a message changes its answer.
privacy-searches = What you search for is not kept together with you. /forget deletes all at once.
forget-done = Done. Nothing about this chat is stored any more.

## Announcements

news-post = 🔔 A new post
news-digest =
    { $count ->
        [one] 🔔 1 new post
       *[other] 🔔 { $count } new posts
    }
news-more =
    { $count ->
        [one] … and 1 more: see the latest posts.
       *[other] … and { $count } more: see the latest posts.
    }
# Why it came; $more subscriptions are not named.
news-reason =
    { $more ->
        [0] You subscribed to { $subscriptions }.
       *[other] You subscribed to { $subscriptions } and { $more } more.
    }
list-separator = { ", " }

## For admins

usage-broadcast = { $command } WORDS: tell everyone something, after a preview
usage-announce = { $command }: what waits to be told, what is on its way, what failed; with approve, discard, preview, retry or believe
usage-stats = { $command }: posts, subscribers and deliveries in figures
usage-reload = { $command }: read the sources again, now
usage-dashboard = { $command }: a link that opens the dashboard, once

announce-waiting =
    { $count ->
        [one] 1 post is waiting for your approval.
       *[other] { $count } posts are waiting for your approval.
    }
announce-nothing-waits = Nothing is waiting for your approval.
# Of the last announcement; $later wait for the time that their readers chose.
announce-progress =
    { $later ->
        [0] Last announcement: { $bar } { $ended } of { $total }
       *[other] Last announcement: { $bar } { $ended } of { $total }; { $later } come at the time their readers chose
    }
announce-failures = Failed last:
announce-approved =
    { $count ->
        [one] 1 post is going out now.
       *[other] { $count } posts are going out now.
    }
announce-discarded =
    { $count ->
        [one] 1 post won’t be announced.
       *[other] { $count } posts won’t be announced.
    }
announce-retried =
    { $count ->
        [one] 1 failed delivery is tried again.
       *[other] { $count } failed deliveries are tried again.
    }
announce-trouble = The catalog needs a look: { $trouble }
button-believe = Take it as it is
announce-believed = All right: the catalog counts as it is now, however many posts it lost.
announce-unknown = “{ $words }” is none of approve, discard, preview, retry or believe.
desk-closed = Nothing is announced from here.
broadcast-preview =
    { $count ->
        [one] Press the button to send this to 1 subscriber:
       *[other] Press the button to send this to { $count } subscribers:
    }
button-broadcast = Send to { $count }
broadcast-sent =
    { $count ->
        [0] Already sent. Nothing goes out twice.
        [one] On its way to 1 subscriber.
       *[other] On its way to { $count } subscribers.
    }
broadcast-expired = This draft is older than an hour. Write it again with /broadcast.
broadcast-empty = What shall I tell everyone? Put the words after /broadcast; you see them before they go out.
broadcast-too-long = That is too much for one message: { $count } characters at most.
broadcast-nobody = Nobody subscribes yet, so there is nobody to tell.
stats-catalog =
    { $problems ->
        [0] Catalog: { $posts } posts in { $categories } categories
        [one] Catalog: { $posts } posts in { $categories } categories, 1 problem
       *[other] Catalog: { $posts } posts in { $categories } categories, { $problems } problems
    }
stats-subscribers = Subscribers: { $count } active, { $suspended } suspended
stats-channel = – { $channel }: { $count }
stats-fresh = New subscribers: { $day } in the last day, { $week } in 7 days, { $month } in 30 days
# $days is a list such as “Mon 3, Tue 5”, today last.
stats-days = Day by day: { $days }
stats-subscriptions = Subscriptions: { $everything } to everything, { $category } to a category, { $query } to words
stats-deliveries = Deliveries in 30 days: { $sent } sent, { $sending } on the way, { $pending } waiting, { $unknown } unconfirmed, { $dead } failed
stats-queries = Top searches:
stats-unanswered = Searches without a result:
stats-query = – { $query }: { $count }
# A link that signs in, as a button or on the next line.
dashboard-link = This opens the dashboard, once, within ten minutes. Pass it on to nobody.
dashboard-private = The link opens the dashboard to whoever holds it: ask me for it in a private chat.
dashboard-none = No dashboard is served from here.
button-dashboard = Open the dashboard
reload-done =
    { $problems ->
        [0] Read: { $posts } posts, no problems.
        [one] Read: { $posts } posts, 1 problem:
       *[other] Read: { $posts } posts, { $problems } problems:
    }
button-approve = Tell everyone
button-discard = Don’t announce
button-preview = Preview
button-retry = Try failed ones again
button-refresh = Refresh

## When something is amiss

empty = I can’t make out any words in that. Try one or two?
unknown-command = I don’t know /{ $word }. Shall I search for it, or show what I can do?
apology = Something went wrong on my side. Please try again in a moment.

## The terminal

terminal-hint =
    1 opens the first post, >1 presses the first button.
    n and p turn pages, /quit leaves.
terminal-no-choice = There is no such choice up there.
terminal-page = Page { $number } of { $count }
terminal-previous = previous
terminal-next = next

## Buttons

button-latest = Latest posts
button-categories = Categories
button-help = What can you do?
button-search = Search “{ $query }”
button-category = { $category }
button-category-count = { $number }. { $category } ({ $count })
button-series = The whole series: { $series }
button-series-count = { $series } ({ $count })
button-all-series = All series
button-another = Another one
button-open = Read it
button-related = More like this
# In Telegram, to what its Mini App shows with more room.
button-in-app = Open in the app
button-all-in-app = All { $count } in the app
button-forget = Forget me
button-notify = 🔔 Tell me of new ones
button-follow-category = 🔔 Subscribe
button-follow-named = 🔔 Subscribe to { $category }
button-subscribe-everything = 🔔 Subscribe
button-subscriptions = My subscriptions
button-only-category = Only { $category }
button-add-category = + { $category }
button-only = Only { $subscription }
button-quiet-on = Quiet from 22:00 to 8:00
button-quiet-off = No quiet hours
button-cards-per-page = { $count } per page
button-pause = Pause for 7 days
button-resume = End the pause
button-other-language = 中文
button-drop = ✕ { $subscription }
button-drop-all = Stop all
button-stop = 🔕 Unsubscribe

## Chats without buttons (WeChat, WeCom)

chat-open-by-number = Send a number to open a card
chat-choose-by-number = Send a number to choose
chat-next-page = page { $page } of { $count }, send n for the next
chat-previous-page = page { $page } of { $count }, send p for the previous
chat-hint-separator = {"; "}
# A choice that is made by sending words.
chat-choice = { $label }: send “{ $words }”
chat-no-page = There is no other page. Send a word to search for, or /latest, or /categories.
# Posts that were kept while the reader was away.
chat-kept =
    { $count ->
        [one] — 1 new post since you were last here —
       *[other] — { $count } new posts since you were last here —
    }
chat-kept-more =
    { $count ->
        [one] 1 more comes with your next message
       *[other] { $count } more come with your next message
    }
# What waited too long while the bot was down; $words as it was written.
late-words = I was away when you wrote “{ $words }”, so that went unanswered, and so did whatever else you wrote then. Shall I do it now?
late-something = I was away when you wrote, so that went unanswered. Shall I do it now?
button-late = Yes, now
# An answer that came too late for its question.
chat-late = — Here is what you asked for before —
chat-unreadable = I can read words and voice only. Send a word such as “LoRA”, or /help to see what I can do.
chat-silent-voice = I heard no words in this voice message. Please type a word, or /help to see what I can do.

## Telegram

# $username is the bot’s username.
telegram-inline-nothing = Nothing found: search in @{ $username }
telegram-about = Send a few words to find posts, and hear of new ones. In any chat, type @{ $username } and your words.
# On the button that opens the Mini App: one short word.
telegram-menu = Posts
telegram-about-short = Find posts, hear of new ones
