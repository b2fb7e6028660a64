import type { Locale } from '../kernel/locale.js';

export interface DemoPerson {
  given: string;
  family: string | null;
  country: string;
  institution: string;
  position: string;
  email: string;
  locale: Locale;
}

interface Group {
  country: string;
  locale: Locale;
  institutions: string[];
  positions: string[];
  /** Given and family name, as their owners would type them. All invented. */
  names: string;
}

const GROUPS: Group[] = [
  {
    country: 'BY',
    locale: 'be',
    institutions: ['Нацыянальная бібліятэка', 'Цэнтральная навуковая бібліятэка', 'Абласная бібліятэка, Гродна', 'Музей гісторыі кнігі', 'Універсітэт культуры'],
    positions: ['загадчыца аддзела', 'бібліёграф', 'навуковы супрацоўнік', 'дацэнт', 'захавальнік фондаў'],
    names:
      'Алена Кавалёва, Аўгіння Кісялёва, Янка Літвінец, Вольга Ўсціновіч, Мікола Гайдук, Святлана Жук, Ігар Бурачонак, Марыя Лабоцкая, Зміцер Ясюкевіч, Наталля Трацяк, Павел Сцяпуржынскі, Кацярына Дзямідчык, Уладзімір Шчур, Ірына Ждановіч, Антон Ёсць, Тамара Іваноўская, Сяргей Ціхановец, Людміла Ракіцкая, Юрась Хадыка-Новік, Алеся Вярбіцкая, Вадзім Ермаловіч, Ганна Цвірка, Руслан Мацюшэнка, Дар’я Пятрэнка',
  },
  {
    country: 'RU',
    locale: 'ru',
    institutions: ['Государственная научная библиотека', 'Областная библиотека, Псков', 'Институт истории книги'],
    positions: ['заведующая сектором', 'главный библиотекарь', 'ведущий научный сотрудник'],
    names:
      'Ольга Щукина, Пётр Ёлкин, Марина Цветаева-Лис, Андрей Объедков, Наталья Подъячева, Фёдор Крыжовников, Юлия Шамшина, Глеб Вяземкин, Эльвира Хайруллина, Артём Жигулёв, Вера Овсянникова, Степан Южаков, Инна Чайкина, Лев Пташкин',
  },
  {
    country: 'KZ',
    locale: 'ru',
    institutions: ['Ұлттық академиялық кітапхана', 'Алматы облыстық кітапханасы'],
    positions: ['бөлім басшысы', 'директордың орынбасары'],
    names: 'Айгүл Нұрланова, Ерлан Сәрсенбаев, Гүлнәр Қожахметова, Бауыржан Әбдіғалиев, Жанар Өтегенова, Нұржан Ыбыраев, Әсел Тұрсынқызы, Дәурен Қасымов',
  },
  {
    country: 'AM',
    locale: 'en',
    institutions: ['Ազգային գրադարան', 'Մատենադարան'],
    positions: ['բաժնի վարիչ', 'գլխավոր գրադարանավար'],
    names: 'Անահիտ Գրիգորյան, Տիգրան Սարգսյան, Մարիամ Հովհաննիսյան, Արամ Պետրոսյան, Լուսինե Ավետիսյան, Վահե Ղազարյան, Նարինե Մկրտչյան, Գևորգ Թադևոսյան',
  },
  {
    country: 'AZ',
    locale: 'en',
    institutions: ['Milli Kitabxana', 'Əlyazmalar İnstitutu'],
    positions: ['şöbə müdiri', 'elmi katib'],
    names: 'Günel Əliyeva, Rəşad Hüseynov, Şəhla Məmmədova, Elçin Quliyev, Nigar Çələbi, Tofiq Ağayev',
  },
  {
    country: 'PL',
    locale: 'en',
    institutions: ['Biblioteka Wojewódzka, Łódź', 'Instytut Książki'],
    positions: ['kustosz', 'kierownik działu'],
    names: 'Zofia Wiśniewska-Brzęk, Łukasz Śliwiński, Małgorzata Żółtowska, Grzegorz Pająk, Anna Kowalczyk, Stanisław Źródlak, Jadwiga Ćwik, Paweł Gęślarz',
  },
  {
    country: 'LT',
    locale: 'en',
    institutions: ['Nacionalinė biblioteka', 'Vilniaus universiteto biblioteka'],
    positions: ['skyriaus vadovė', 'vyriausiasis bibliografas'],
    names: 'Rūta Žemaitytė, Jonas Šukevičius, Eglė Čepulytė, Mindaugas Kėdainis, Austėja Ąžuolaitė, Vytautas Įkvėpis',
  },
  {
    country: 'LV',
    locale: 'en',
    institutions: ['Nacionālā bibliotēka', 'Latgales Centrālā bibliotēka'],
    positions: ['nodaļas vadītāja', 'galvenais bibliotekārs'],
    names: 'Ilze Bērziņa, Jānis Kļaviņš, Dace Ķirse, Mārtiņš Ņikitins, Elīna Šķēle, Andris Ģēģeris',
  },
  {
    country: 'RS',
    locale: 'ru',
    institutions: ['Народна библиотека', 'Библиотека града Новог Сада'],
    positions: ['начелница одељења', 'библиотекар саветник'],
    names: 'Јелена Љубичић, Ђорђе Његован, Милица Ћирковић, Џемал Хаџић, Снежана Јовановић, Вељко Шљивић',
  },
  {
    country: 'TR',
    locale: 'en',
    institutions: ['Millî Kütüphane', 'İzmir Kitap Müzesi'],
    positions: ['şube müdürü', 'uzman'],
    names: 'Ayşe Işık, Çağrı Öztürk, Gülşah Yıldırım, İbrahim Şahin, Zeynep Doğan, Uğur Güneş',
  },
  {
    country: 'CN',
    locale: 'en',
    institutions: ['国家图书馆', '首都图书馆'],
    positions: ['研究馆员', '部主任'],
    names: '明月 欧阳, 建国 李, 晓雯 陈, 子涵 张, 雨桐 王, 思远 司马, 佳怡 赵, 文博 刘',
  },
  {
    country: 'MM',
    locale: 'en',
    institutions: ['အမျိုးသားစာကြည့်တိုက်'],
    positions: ['စာကြည့်တိုက်မှူး'],
    names: 'အောင်မြင့်ထွန်း, ခင်စန္ဒာဝင်း, သီရိဇော်, မြတ်နိုးအေး, ဖြိုးဝေယံ',
  },
  {
    country: 'OM',
    locale: 'en',
    institutions: ['المكتبة الوطنية'],
    positions: ['رئيسة قسم المخطوطات'],
    names: 'فاطمة الحارثي, سالم البوسعيدي, منى الكندي',
  },
  {
    country: 'PS',
    locale: 'en',
    institutions: ['مكتبة بلدية رام الله'],
    positions: ['أمين المكتبة'],
    names: 'ليلى الخطيب, يوسف النجار, هدى عبد_الرحمن',
  },
  {
    country: 'UZ',
    locale: 'ru',
    institutions: ['Milliy kutubxona'],
    positions: ['bo‘lim boshlig‘i'],
    names: 'Gulnora Yo‘ldosheva, Sardor To‘xtayev, Nilufar G‘aniyeva, Bekzod Sharipov',
  },
  {
    country: 'ID',
    locale: 'en',
    institutions: ['Perpustakaan Nasional'],
    positions: ['pustakawan utama'],
    names: 'Suharti, Dewi Lestari-Wulan, Bambang Nugraha',
  },
  {
    country: 'ML',
    locale: 'en',
    institutions: ['Bibliothèque nationale'],
    positions: ['conservatrice en chef'],
    names: 'Aïssata Koné-Diallo',
  },
  {
    country: 'US',
    locale: 'en',
    institutions: ['Slavic Reading Room, University Library'],
    positions: ['curator'],
    names: 'Margaret O’Neill-Háček',
  },
];

/** The 120 participants of the demonstration. Nobody of them exists. */
export const DEMO_PEOPLE: DemoPerson[] = GROUPS.flatMap((group) =>
  group.names.split(', ').map((name, index): DemoPerson => {
    const [given = '', family] = name.split(' ');
    return {
      given,
      family: family?.replaceAll('_', ' ') ?? null,
      country: group.country,
      institution: group.institutions[index % group.institutions.length]!,
      position: group.positions[index % group.positions.length]!,
      email: `${group.country.toLowerCase()}${String(index + 1).padStart(2, '0')}@delegates.example.org`,
      locale: group.locale,
    };
  }),
);
