/** Characters that are taken for each other because they look alike; each group is one line of sight. */
const GROUPS = `
己已巳 未末 土士 大太犬 天夫 千干于 人入八 日曰目 木本术 刀力刃 贝见 户尸 免兔 哀衰衷 辨辩辫 拔拨 侯候 栗粟票 析折拆 撤撒 徽微 幕暮慕墓募 燥躁噪澡操
戊戍戌 茶荼 晴睛情 蓝篮 密蜜 遣遗 治冶 准淮 洽恰 崇祟 代伐 仅汉 汗汁 喝渴 竞竟 刺剌 陪培倍部 壁璧 摸模膜 涵函 镜境 坏环还 换唤 处外 块快 抉决 历厉 列例 名各
输轮 轻经 径经 线浅 残贱践 网冈 间问闻 闭闲 门们 使便 传转 偏编遍 侧测 健建键 储诸 像象 优忧 体休本 何向 向问同 告吉 哈含 国围图 圆园 在再 址扯 块抉 场杨扬 坡披 城诚 基其
夕歹 字宇 存在 学字 安按 完究 客容 密蜜 对时 封卦 小少 尖尘 局居 层屋 岁罗 币市布 师帅 带常 平手 库床 序庠 应座 度席 延廷 异导 弱强 录泉 形型 役设 彻切 微徵 心必 志忘 思恩 性姓 总忽
想相 感惑 懒赖 戏战 扣加 技枝 找我 投没 护户 抽油 拉位 拟似 择译 持待 指脂 换涣 据剧 排徘 接按 推谁堆 描猫 提堤 插播 播插 操噪 收敛 攻功 效郊 数敖 整正 文又 斤斥 新亲 方万 旋族 无元
明朋 易昜 是定 景影 暂渐 更便 最量 服报 末未 机杌 权仅 村材 束柬 杯环 板版 构沟购 析拆 果呆 柱注 标际 栈线 核该 根跟 格络 检验 概慨 模横 次欠 正止 步涉 死列 段殷 母毋 每海 比此 毫豪 水永 没设 注住 洗选 测侧
流硫 浏溜 消销 深探 混棍 渐浙 源原 滑猾 滤虑 漏滴 激缴 灵录 点占 炼练 热势 爪瓜 版板 状壮 狂枉 理埋 瓦互 电申 由田甲 界介 留溜 略路 疫没 监盐 盖益 盘盒 直真 看着 睛晴 石右 码玛 破坡 确硝 示未 社杜
离禽 科料 积织 种钟 稳隐 究穷 空穴 穿突 端瑞 符付 第弟 等寺 签检 算箕 管官 类娄 粒位 糊湖 系糸 素紊 累果 红江 级极 纹蚊 组祖 终纷 结给 绍绢 继断 绪诸 续读 维唯 综棕 缀级 缓援 缩宿 群郡 耍要 职织 肓育 胜性 能熊
脉泳 脑恼 脚却 自白目 舍含 航般 色包 芽牙 范泛 荐存 获荻 菜采 蓝监 藏臧 虫串 融隔 行街 补朴 表裹 被披 裁栽 览贤 触独 订计 认从 讨过 议仪 讲进 许计 论沦 设没 访防 评坪 识织 证征 译择 试式 话活 该刻 语悟 误娱 说脱 请情 调周 谈淡 谱普 象像
败贩 质盾 购构 贯惯 贴站 资姿 赋贼 走足 起赴 超越 距矩 路略 踪综 转传 较校 辅铺 辐幅 输喻 辑揖 边达 过讨 运远 进迸 违伟 连莲 迭选 述术 追迫 逆朔 选洗 通诵 速束 造浩 逻罗 遍偏 道首 遥摇 避壁 那哪 部陪 配酡 采彩 重童 量最 针什 钥钠 钩构 铁铗 销消 锁琐 错借 锚猫 镜境
闪闲 队认 防仿 阶介 阻祖 附符 降隆 限很 陈东 除徐 隔融 障章 集隼 雪霄 零雷 需霜 静净 非韭 面而 响向 页贝 项顶 须项 频项 题提 颗颤 风凤 飞气 餐券 首道 验险 骗编 高亮 魂魄 鱼渔 麻床 黑墨 默墨 黄横
`;

const ALIKE = new Map<string, Set<string>>();
for (const group of GROUPS.split(/\s+/).filter(Boolean)) {
  for (const character of group) {
    const others = ALIKE.get(character) ?? new Set();
    for (const other of group) if (other !== character) others.add(other);
    ALIKE.set(character, others);
  }
}

/** What may have been meant by a word of which one character was taken for one that looks like it. */
export function lookAlikes(word: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < word.length; at++) {
    for (const other of ALIKE.get(word.charAt(at)) ?? []) found.push(word.slice(0, at) + other + word.slice(at + 1));
  }
  return found;
}
