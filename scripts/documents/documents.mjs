// The templates that come with the house, by kind. Every kind is declared in src/features/documents with its fields.
import { invitationLetter, noteVerbale, thankYouLetter, visaLetter } from './letters.mjs';
import { bothSides, briefingNote, namePlates, namePlatesThird, seatingPlan } from './meetings.mjs';
import { estimate, order } from './money.mjs';
import {
  cateringOrder,
  changeSheet,
  delegationList,
  flagList,
  giftSheet,
  packContents,
  passList,
  pressList,
  programmeGuest,
  programmeInternal,
  roomingList,
  runSheet,
  transportSheet,
  visitReport,
} from './sheets.mjs';

export const DOCUMENTS = {
  visa_letter: visaLetter,
  invitation_letter: invitationLetter,
  note_verbale: noteVerbale,
  thank_you_letter: thankYouLetter,
  programme_guest: programmeGuest,
  programme_internal: programmeInternal,
  run_sheet: runSheet,
  change_sheet: changeSheet,
  pack_contents: packContents,
  delegation_list: delegationList,
  both_sides: bothSides,
  briefing_note: briefingNote,
  name_plates: namePlates,
  name_plates_third: namePlatesThird,
  seating_plan: seatingPlan,
  flag_list: flagList,
  pass_list: passList,
  press_list: pressList,
  transport_sheet: transportSheet,
  rooming_list: roomingList,
  catering_order: cateringOrder,
  gift_sheet: giftSheet,
  estimate,
  order,
  visit_report: visitReport,
};
